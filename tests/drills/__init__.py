"""Failure drills: what must hold when machines, disks, documents and crowds misbehave.

    python -m tests.drills            # every drill at its full count: about an hour on two cores
    python -m tests.drills kills --count 200
    python -m tests.drills faults
    python -m tests.drills fuzz --count 10000
    python -m tests.drills crowd --sessions 50 --minutes 10

Each prints its figures as one line of JSON and exits with 1 where something was lost. tests/test_drills.py runs a
sample of each.
"""

"""Person names: recognising them, and parting them from the titles glued to them. Imports lexicon only."""

"""One module per record type. They import records, lexicon and names; never each other, never a file."""

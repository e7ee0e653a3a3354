"""Tables for a terminal that shows Chinese."""

import unicodedata


def table(rows):
    """Prints rows of texts, each column as wide as its widest text."""
    widths = [max(map(width, column)) for column in zip(*rows)]
    for row in rows:
        cells = (text + " " * (size - width(text)) for text, size in zip(row, widths))
        print("    " + "   ".join(cells).rstrip(), flush=True)


def width(text):
    """Columns on the terminal, where a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)

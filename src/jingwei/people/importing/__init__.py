"""Staff from a spreadsheet: read, judged row by row, and only then made true."""

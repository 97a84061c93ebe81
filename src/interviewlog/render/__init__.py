"""Results to text: one function per format. No I/O, no clock."""

"""Where people meet the program: parse, call one service, render."""

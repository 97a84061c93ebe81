"""The outside world: git, files, editors, clipboards. All I/O except the screen."""

"""What goes out to other programs and comes back from them: values and text, no file, no clock."""

"""What is printed: templates of sheets, and the one function that fills them."""

"""Getting to know a resident (language, place, consent) and the home screen."""

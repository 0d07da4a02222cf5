"""Functions as a learner might have written them, a chapter a module: what the widgets of the tests call."""

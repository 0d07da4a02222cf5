"""What an instructor does with a class: set it up, collect, take in, grade, give feedback, report, export."""

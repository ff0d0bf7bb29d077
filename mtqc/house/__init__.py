"""What a desk adds with files of its own: terminology (`terms`) and rules (`rules`)."""

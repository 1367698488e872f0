"""Programs that run in the environments of other packages; they import nothing of ours."""

"""The reference pages of docs/: written from the code and the profile by `cspr docs`, so that they cannot say something else."""

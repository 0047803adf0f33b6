"""The reference pages of docs/, written from the code and the profile by `cspr docs`: they cannot say something else."""

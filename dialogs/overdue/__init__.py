"""What is overdue, what falls due, who has not replied: the open dates, the worst first, and what can be done about them."""

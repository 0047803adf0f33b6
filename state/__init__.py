"""What is known and never lost: values every floor shares, cases, answers, deadlines, history, outbox and the database."""

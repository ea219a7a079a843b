"""What is written about titles, people and technology: records, stories, scores, and what is published of them."""

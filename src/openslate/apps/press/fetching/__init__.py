"""Reading from the web without ever reaching into one's own network, and with the manners a host may expect."""

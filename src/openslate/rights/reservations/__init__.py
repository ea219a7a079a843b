"""What owners of sources say, in forms that machines read, about learning from them: one reader for each channel.

A signal that cannot be read counts as a reservation: somebody meant to say something, and nobody knows what. What
expressly frees one channel does not free another: one reservation is enough.
"""

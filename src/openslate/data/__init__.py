"""What a service knows: schemas, sources, the simulator, and the as-of reads that pass the gate."""

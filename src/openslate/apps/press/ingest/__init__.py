"""From sources to items on the desk: each at its time, each as its owner allows, and none stopped by another."""

"""What is kept by quarter: figures that were gathered elsewhere, samples that were drawn, and summaries of bulletins."""

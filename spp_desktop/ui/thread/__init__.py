"""The golden thread on screen: what a row serves and what serves it, and the whole of it as a map."""

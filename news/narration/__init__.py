"""
Articles read aloud: article → paragraphs → sentences → spoken words → sound → one MP3.

``making.narrate`` does all of it and keeps the record. What speaks and encodes does so in a
process of its own (process.py starts it, child.py is it), which imports no Django: an engine that
crashes, hangs or eats memory fails one article, and what it took goes back when it ends.
"""

"""
Search of the whole portal.

``words`` cuts text the same way for documents, queries and highlighting; ``occurrences`` adds
abbreviations; ``vectors`` writes what PostgreSQL keeps; ``entries`` holds the table current;
``queries`` reads what was typed; ``engine`` finds; ``spelling`` and ``suggestions`` help
whoever types; ``marking`` shows where a hit is.
"""

-- The original matched by another rule, and kept guesses and misses for a week. What it has cached is asked anew.
DELETE FROM discogs_search_cache;

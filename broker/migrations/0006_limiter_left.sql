-- The rate limiter is a Durable Object with a storage of its own. An older Worker that still runs finds no table to take
-- a call from, and sends none.
DROP TABLE IF EXISTS broker_line;
DROP TABLE IF EXISTS rate_limit_state;

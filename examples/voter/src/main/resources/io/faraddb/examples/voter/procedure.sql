CREATE PROCEDURE vote PARTITION ON TABLE votes COLUMN phone
    FROM CLASS io.faraddb.examples.voter.Vote;

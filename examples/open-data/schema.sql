DROP TABLE IF EXISTS states;
DROP TABLE IF EXISTS zip_codes;
DROP TABLE IF EXISTS airports;
DROP TABLE IF EXISTS routes;
DROP TABLE IF EXISTS bird_strikes;
DROP TABLE IF EXISTS flights;

-- Small, and joined with everything: a copy in each partition.
CREATE TABLE states (code char(2) PRIMARY KEY, name text NOT NULL) WITH (replicated = true);

CREATE TABLE airports (
    iata varchar(4) PRIMARY KEY,
    name text NOT NULL,
    city text,
    state char(2),
    country text,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL
) WITH (replicated = true);

-- By the first column of the key.
CREATE TABLE zip_codes (
    zip_code char(5) PRIMARY KEY,
    latitude numeric(9, 6) NOT NULL,
    longitude numeric(9, 6) NOT NULL,
    city text NOT NULL,
    state char(2) NOT NULL,
    county text
);
CREATE INDEX zip_codes_place ON zip_codes (state, city);

-- All routes from an airport are in one partition.
CREATE TABLE routes (
    origin varchar(4),
    destination varchar(4),
    flights int NOT NULL CHECK (flights > 0),
    PRIMARY KEY (origin, destination)
) PARTITION BY HASH (origin);

CREATE TABLE bird_strikes (
    airport text,
    aircraft text,
    damage text,
    day date NOT NULL,
    operator text,
    state text,
    phase text,
    size text,
    species text,
    time_of_day text,
    cost_other int,
    cost_repair int,
    cost_total bigint,
    speed_knots smallint
) PARTITION BY HASH (airport);

-- No key: spread by a hidden row id.
CREATE TABLE flights (
    delay smallint NOT NULL,
    distance int NOT NULL,
    time real NOT NULL
);

INSERT INTO states VALUES
    ('AK', 'Alaska'), ('AL', 'Alabama'), ('AR', 'Arkansas'), ('AZ', 'Arizona'), ('CA', 'California'),
    ('CO', 'Colorado'), ('CT', 'Connecticut'), ('DC', 'DC'), ('DE', 'Delaware'), ('FL', 'Florida'),
    ('GA', 'Georgia'), ('HI', 'Hawaii'), ('IA', 'Iowa'), ('ID', 'Idaho'), ('IL', 'Illinois'),
    ('IN', 'Indiana'), ('KS', 'Kansas'), ('KY', 'Kentucky'), ('LA', 'Louisiana'),
    ('MA', 'Massachusetts'), ('MD', 'Maryland'), ('ME', 'Maine'), ('MI', 'Michigan'),
    ('MN', 'Minnesota'), ('MO', 'Missouri'), ('MS', 'Mississippi'), ('MT', 'Montana'),
    ('NC', 'North Carolina'), ('ND', 'North Dakota'), ('NE', 'Nebraska'), ('NH', 'New Hampshire'),
    ('NJ', 'New Jersey'), ('NM', 'New Mexico'), ('NV', 'Nevada'), ('NY', 'New York'), ('OH', 'Ohio'),
    ('OK', 'Oklahoma'), ('OR', 'Oregon'), ('PA', 'Pennsylvania'), ('PR', 'Puerto Rico'),
    ('RI', 'Rhode Island'), ('SC', 'South Carolina'), ('SD', 'South Dakota'), ('TN', 'Tennessee'),
    ('TX', 'Texas'), ('UT', 'Utah'), ('VA', 'Virginia'), ('VI', 'Virgin Islands'), ('VT', 'Vermont'),
    ('WA', 'Washington'), ('WI', 'Wisconsin'), ('WV', 'West Virginia'), ('WY', 'Wyoming');

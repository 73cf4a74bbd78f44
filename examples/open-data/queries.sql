-- The busiest airports
SELECT a.iata, a.name, a.city, count(*) AS destinations, sum(r.flights) AS flights
FROM routes r JOIN airports a ON a.iata = r.origin
GROUP BY a.iata, a.name, a.city
ORDER BY flights DESC, a.iata LIMIT 8;

-- States by their zip codes, with airports and bird strikes beside them
SELECT s.name, z.zip_codes, z.counties, a.airports, coalesce(b.strikes, 0) AS strikes
FROM states s
JOIN (SELECT state, count(*) AS zip_codes, count(DISTINCT county) AS counties
      FROM zip_codes GROUP BY state) z ON z.state = s.code
LEFT JOIN (SELECT state, count(*) AS airports FROM airports GROUP BY state) a ON a.state = s.code
LEFT JOIN (SELECT state, count(*) AS strikes FROM bird_strikes GROUP BY state) b ON b.state = s.name
ORDER BY z.zip_codes DESC, s.name LIMIT 10;

-- What birds cost, by the phase of the flight
SELECT phase, count(*) AS strikes, count(*) FILTER (WHERE damage <> 'None') AS with_damage,
       sum(cost_total) AS cost, max(cost_total) AS dearest, round(avg(speed_knots), 1) AS knots
FROM bird_strikes
GROUP BY phase HAVING count(*) > 5
ORDER BY cost DESC, phase;

-- In which months birds are hit
SELECT extract(month FROM day) AS month, count(*) AS strikes,
       sum(CASE WHEN size = 'Large' THEN 1 ELSE 0 END) AS large
FROM bird_strikes
WHERE day >= date '1995-01-01' AND day < date '1995-01-01' + interval '5 years'
GROUP BY 1 ORDER BY 1;

-- Delays by the hour
SELECT floor(time)::int AS hour, count(*) AS flights,
       round(avg(delay), 2) AS minutes,
       round(100.0 * sum((delay > 15)::int) / count(*), 1) AS late_percent
FROM flights
GROUP BY 1 ORDER BY 1;

-- How far flights go, and how late they are
SELECT distance / 500 * 500 AS miles_from, count(*) AS flights, min(delay) AS earliest,
       max(delay) AS latest, round(stddev(delay), 2) AS deviation
FROM flights
WHERE distance > 0
GROUP BY distance / 500 ORDER BY 1;

-- Airports near zip code 94103, by the great circle
SELECT a.iata, a.name,
       round((3959 * acos(least(1, sin(radians(a.latitude)) * sin(radians(z.latitude::float8))
           + cos(radians(a.latitude)) * cos(radians(z.latitude::float8))
           * cos(radians(a.longitude - z.longitude::float8)))))::numeric, 1) AS miles
FROM zip_codes z, airports a
WHERE z.zip_code = '94103'
ORDER BY miles, a.iata LIMIT 5;

-- Routes that are flown one way only
SELECT r.origin, r.destination, r.flights
FROM routes r LEFT JOIN routes back ON back.origin = r.destination AND back.destination = r.origin
WHERE back.origin IS NULL
ORDER BY r.flights DESC, r.origin, r.destination LIMIT 8;

-- With one change between Burlington and Honolulu
SELECT first.destination AS via, a.city, least(first.flights, second.flights) AS flights
FROM routes first
JOIN routes second ON second.origin = first.destination AND second.destination = 'HNL'
JOIN airports a ON a.iata = first.destination
WHERE first.origin = 'BTV'
ORDER BY flights DESC, via;

-- Cities with an airport that flies somewhere, but no zip code of their name
SELECT a.state, a.city, a.iata FROM airports a
WHERE EXISTS (SELECT 1 FROM routes r WHERE r.origin = a.iata)
  AND NOT EXISTS (SELECT 1 FROM zip_codes z WHERE z.state = a.state AND z.city = a.city)
ORDER BY a.state, a.city LIMIT 10;

-- Places that many states have
SELECT city, count(DISTINCT state) AS states, string_agg(DISTINCT state, ' ' ORDER BY state) AS which
FROM zip_codes GROUP BY city HAVING count(DISTINCT state) >= 22
ORDER BY states DESC, city;

-- The three species that are hit most in each of three states
WITH known AS (
    SELECT state, species, count(*) AS strikes FROM bird_strikes
    WHERE species NOT LIKE 'Unknown%' AND state IN ('Texas', 'Hawaii', 'New York')
    GROUP BY state, species)
SELECT k.state, k.species, k.strikes FROM known k
WHERE (SELECT count(*) FROM known more
       WHERE more.state = k.state AND more.strikes > k.strikes) < 3
ORDER BY k.state, k.strikes DESC, k.species;

-- Airlines above the average in dear strikes
WITH dear AS (
    SELECT operator, count(*) AS strikes, sum(cost_total) AS cost
    FROM bird_strikes WHERE cost_total > 0 GROUP BY operator)
SELECT operator, strikes, cost FROM dear
WHERE cost > (SELECT avg(cost) FROM dear)
ORDER BY cost DESC, operator;

-- Everything that lies on the 42nd parallel, whatever it is
SELECT kind, count(*) AS places, min(name) AS first, max(name) AS last FROM (
    SELECT 'zip code' AS kind, zip_code || ' ' || upper(city) AS name FROM zip_codes
    WHERE latitude BETWEEN 41.99 AND 42.01
    UNION ALL
    SELECT 'airport', iata || ' ' || upper(city) FROM airports
    WHERE latitude BETWEEN 41.99 AND 42.01) AS places
GROUP BY kind ORDER BY kind;

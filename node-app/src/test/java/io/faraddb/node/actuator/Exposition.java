package io.faraddb.node.actuator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape says, in Prometheus' text format, as far as it is named {@code farad_*}. */
final class Exposition {

    private static final Pattern META = Pattern.compile("# (HELP|TYPE) (farad_\\w+) (.*)");
    private static final Pattern SAMPLE =
            Pattern.compile("(farad_\\w+)(?:\\{(.*)})? ([^ ]+)(?: \\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> COMMON = Set.of("cluster", "node");

    /** All samples of a name. */
    static final class Family {
        String help = "";
        String type = "";
        final Set<String> labels = new TreeSet<>();
        final Map<String, Double> samples = new LinkedHashMap<>();

        /** The sum of the samples that have all of some labels. */
        double sum(String... labels) {
            return samples.entrySet().stream()
                    .filter(sample -> !sample.getKey().startsWith("_"))
                    .filter(sample -> Set.of(labels).stream().allMatch(sample.getKey()::contains))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }

        /** The sum of the counts, or sums, of histograms that have all of some labels. */
        double part(String suffix, String... labels) {
            return samples.entrySet().stream()
                    .filter(sample -> sample.getKey().startsWith(suffix + "{"))
                    .filter(sample -> Set.of(labels).stream().allMatch(sample.getKey()::contains))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }
    }

    private final Map<String, Family> families = new TreeMap<>();

    static Exposition of(String text) {
        Exposition exposition = new Exposition();
        text.lines().forEach(exposition::line);
        return exposition;
    }

    private void line(String line) {
        Matcher meta = META.matcher(line);
        if (meta.matches()) {
            Family family = families.computeIfAbsent(meta.group(2), unused -> new Family());
            if (meta.group(1).equals("HELP")) {
                family.help = meta.group(3);
            } else {
                family.type = meta.group(3);
            }
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        if (sample.matches()) {
            sample(sample.group(1), sample.group(2), Double.parseDouble(sample.group(3)));
        }
    }

    private void sample(String name, String labels, double value) {
        String family = name;
        String part = "";
        for (String suffix : new String[] {"_bucket", "_count", "_sum"}) {
            String base = name.endsWith(suffix) ? name.substring(0, name.lastIndexOf('_')) : name;
            if (!base.equals(name) && isHistogram(base)) {
                family = base;
                part = suffix;
            }
        }
        Family found = families.get(family);
        if (found == null) {
            throw new AssertionError(name + " has no HELP");
        }
        found.samples.put(part + "{" + labels + "}", value);
        Matcher label = LABEL.matcher(String.valueOf(labels));
        while (label.find()) {
            if (!COMMON.contains(label.group(1)) && !label.group(1).equals("le")) {
                found.labels.add(label.group(1));
            }
        }
    }

    private boolean isHistogram(String name) {
        Family family = families.get(name);
        return family != null && family.type.equals("histogram");
    }

    Map<String, Family> families() {
        return families;
    }

    Family family(String name) {
        Family family = families.get(name);
        if (family == null) {
            throw new AssertionError("there is no " + name + " in " + families.keySet());
        }
        return family;
    }
}

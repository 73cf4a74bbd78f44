package io.faraddb.console.page;

/** Which node the pages are of. */
@FunctionalInterface
public interface NodeIdentity {

    String name();
}

package io.faraddb.engine.catalog;

/**
 * An archive of procedures' classes.
 *
 * @param sha256 of the bytes, in hexadecimal
 */
public record JarDef(String name, String sha256, byte[] bytes) {}

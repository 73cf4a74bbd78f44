package io.faraddb.engine.catalog;

/**
 * Somebody who may connect.
 *
 * @param verifier {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}, as PostgreSQL keeps it
 */
public record UserDef(int oid, String name, String verifier, boolean superuser) {}

package io.faraddb.node;

import io.faraddb.api.Procedure;
import io.faraddb.api.Transaction;

/** What tests load into a node. */
public final class HelloProcedure implements Procedure {

    public String run(Transaction transaction, String name) {
        return "hello " + name;
    }
}

package io.faraddb.shell.cli;

import org.springframework.shell.core.InputReader;

/** Commands of a script are asked nothing by way of Spring Shell. */
final class NoInput implements InputReader {}

/**
 * What all pages share: which part of one is asked for, how numbers are written, the form to log
 * in, what is shown when something goes wrong.
 */
@NullMarked
package io.faraddb.console.page;

import org.jspecify.annotations.NullMarked;

/** A real browser for the page tests of every module that has pages. */
@NullMarked
package io.edgeflow.browser;

import org.jspecify.annotations.NullMarked;

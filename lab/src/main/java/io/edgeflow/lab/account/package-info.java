/** The ledgers of both ends as their processes tell them, held against each other. */
@NullMarked
package io.edgeflow.lab.account;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.edgeflow.lab.account;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.mooring.testkit;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/qt_test_headers.h"

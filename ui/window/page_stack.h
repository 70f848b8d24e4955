// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

namespace ocellus {

/// Pages of which one is shown, and only that one asks for room: the window need not be as large as the largest.
class PageStack : public QStackedWidget {
public:
    explicit PageStack(QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

} // namespace ocellus

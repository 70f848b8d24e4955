// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

#include "ui/widgets/tint.h"

namespace ocellus {

/// A sentence on a coloured ground above what it is about; hidden while it is empty.
class Banner : public QLabel {
    Q_OBJECT

public:
    explicit Banner(Tint colour, QWidget* parent = nullptr);

    void showText(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tint m_colour;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/image/sample_range.h"

class QComboBox;
class QSpinBox;

namespace ocellus {

/// Chooses which samples of 16-bit pictures are black and white.
class RangeChoice : public QWidget {
    Q_OBJECT

public:
    explicit RangeChoice(QWidget* parent = nullptr);

    void setRange(const SampleRange& range);
    SampleRange range() const;

private:
    void updateBounds();

    QComboBox* m_kind;
    QSpinBox* m_low;
    QSpinBox* m_high;
};

} // namespace ocellus

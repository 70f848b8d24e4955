// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/compare_page.h"

class QPushButton;

namespace ocellus {

/// The shown class among all classes and among the limited ones, and what the limit changes.
class ContextComparison : public ComparePage {
    Q_OBJECT

public:
    ContextComparison(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

protected:
    void refresh() override;

private:
    void limit();

    QPushButton* m_limit;
};

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/compare_page.h"

class QComboBox;

namespace ocellus {

/// The shown class's maps in every decoder layer: of all heads, or of the chosen one.
class LayerComparison : public ComparePage {
    Q_OBJECT

public:
    LayerComparison(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

protected:
    void refresh() override;

private:
    void takeCell(int row, int column);

    QComboBox* m_heads;
};

} // namespace ocellus

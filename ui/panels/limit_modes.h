// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

#include "ui/models/limit_choice.h"

namespace ocellus {

/// What checking classes can mean for the model that is open.
class LimitModes : public QComboBox {
    Q_OBJECT

public:
    explicit LimitModes(QWidget* parent = nullptr); ///< all that there are, before a model is open

    /// What the model has not is left out.
    void setOffer(const ModelOffer& offer);
    const ModelOffer& offer() const { return m_offer; }

    LimitChoice::Kind kind() const;
    void setKind(LimitChoice::Kind kind); ///< All where the model has it not

    /// A sentence about the chosen one, or why the model has so few.
    QString meaning() const;

private:
    void fill();

    ModelOffer m_offer;
};

} // namespace ocellus

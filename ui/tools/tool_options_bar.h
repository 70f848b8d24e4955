// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;

namespace ocellus {

class ToolBox;

/// What the tool in hand can be set to; empty for tools without settings.
class ToolOptionsBar : public QWidget {
    Q_OBJECT

public:
    /// `tools` must outlive the bar.
    explicit ToolOptionsBar(ToolBox& tools, QWidget* parent = nullptr);

private:
    /// A number with its name beside it.
    struct Field {
        QLabel* label;
        QDoubleSpinBox* box;
    };

    Field addField(const QString& name, double least, double most, int decimals, const QString& suffix);
    void showOptions();
    void showFields();
    void readFields();

    ToolBox& m_tools;
    Field m_size, m_hardness, m_tolerance;
    QCheckBox* m_blend;
    bool m_showing = false; ///< fields are being set, not changed by the user
};

} // namespace ocellus

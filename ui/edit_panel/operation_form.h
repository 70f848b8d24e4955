// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include <QWidget>

#include "core/edit/operation.h"
#include "ui/edit_panel/operation_fields_text.h"

class QFormLayout;

namespace ocellus {

class HueSlider;

/// The parameters of one operation as controls, which change it while they move.
class OperationForm : public QWidget {
    Q_OBJECT

public:
    /// What to do with one picture, or by itself: then nothing is taken from a picture.
    enum class About { Picture, Nothing };

    explicit OperationForm(QWidget* parent = nullptr, About about = About::Picture);

    /// Shows an operation without a signal.
    void setOperation(const Operation& operation, const OperationPlace& place);
    const Operation& operation() const { return m_operation; }

    /// What turning the hue starts from: the mean colour of the region.
    void setReferenceColour(const Rgb& colour);

signals:
    void operationChanged(const ocellus::Operation& operation); ///< by the user
    void gestureStarted();       ///< what changes until the next one is one movement of one control
    void colourPickRequested();  ///< from the picture
    void patchSourceRequested(); ///< another picture to copy from
    void ownSourceRequested();   ///< to copy from the picture itself again

private:
    using Refresh = std::function<void()>;

    void build();
    void report();
    QWidget* addRow(const QString& label, const QString& toolTip, QWidget* control, QWidget* buddy);
    template <class Number>
    void addNumber(const char* field, Number& number, const FieldRange& limits);
    template <class Enum, class Names>
    void addChoice(const char* field, Enum& value, const Names& names);
    void addCheck(const char* field, bool& value);
    void addSeed(const char* field, std::uint64_t& seed);
    void addColour(const char* field, Rgb& colour);
    void addSource(const char* field, std::shared_ptr<const Picture>& source);
    void keepCropWithin(bool sizeLeads);

    About m_about;
    Operation m_operation;
    OperationPlace m_place;
    std::vector<Refresh> m_refreshes; ///< of the controls that are there
    QFormLayout* m_rows;
    HueSlider* m_hue = nullptr; ///< where there is one
    Rgb m_reference;
};

} // namespace ocellus

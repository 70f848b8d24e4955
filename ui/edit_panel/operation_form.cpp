// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/operation_form.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

#include "core/edit/operation_fields.h"
#include "ui/edit_panel/colour_button.h"
#include "ui/edit_panel/control_guard.h"
#include "ui/edit_panel/hue_slider.h"
#include "ui/edit_panel/number_control.h"
#include "ui/edit_panel/operation_fields_text.h"

namespace ocellus {

namespace {

constexpr double MostSeed = 9'007'199'254'740'992.0; // every whole number up to here is a double

QToolButton* button(const QString& text, const QString& toolTip)
{
    auto* made = new QToolButton;
    made->setText(text);
    made->setToolTip(toolTip);
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

QWidget* sideBySide(QWidget* wide, QWidget* narrow)
{
    auto* both = new QWidget;
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(wide, 1);
    row->addWidget(narrow);
    return both;
}

} // namespace

OperationForm::OperationForm(QWidget* parent, About about)
    : QWidget(parent),
      m_about(about),
      m_rows(new QFormLayout(this)),
      m_reference{200, 90, 70}
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    build();
}

void OperationForm::setOperation(const Operation& operation, const OperationPlace& place)
{
    const bool keeps = operation.index() == m_operation.index() && place == m_place;
    m_operation = operation;
    m_place = place;
    if (!keeps)
        build();
    for (const Refresh& refresh : m_refreshes)
        refresh();
}

void OperationForm::setReferenceColour(const Rgb& colour)
{
    m_reference = colour;
    if (m_hue)
        m_hue->setReference(colour);
}

void OperationForm::report()
{
    emit operationChanged(m_operation);
}

// The rows hold references into m_operation, which stay good until it becomes another kind and build() runs again.
void OperationForm::build()
{
    m_refreshes.clear();
    m_hue = nullptr;
    while (m_rows->rowCount() > 0)
        m_rows->removeRow(0);
    const auto addField = [this](const char* name, auto& value, const auto& limits) {
        using Value = std::remove_reference_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::uint64_t>)
            addSeed(name, value);
        else if constexpr (std::is_same_v<Value, bool>)
            addCheck(name, value);
        else if constexpr (std::is_same_v<Value, Rgb>)
            addColour(name, value);
        else if constexpr (std::is_enum_v<Value>)
            addChoice(name, value, limits);
        else if constexpr (std::is_arithmetic_v<Value>)
            addNumber(name, value, limits);
        else
            addSource(name, value);
    };
    std::visit([&](auto& recipe) { visitFields(recipe, addField); }, m_operation);
    ControlGuard::protect(this);
}

QWidget* OperationForm::addRow(const QString& label, const QString& toolTip, QWidget* control, QWidget* buddy)
{
    auto* text = new QLabel(label);
    text->setToolTip(toolTip);
    text->setBuddy(buddy);
    m_rows->addRow(text, control);
    return control;
}

template <class Number>
void OperationForm::addNumber(const char* field, Number& number, const FieldRange& limits)
{
    const FieldText text = numberText(m_operation, field, limits, m_place);
    const bool isHue = std::holds_alternative<Recolour>(m_operation) && QLatin1String(field) == QLatin1String("hue");
    if (isHue) {
        m_hue = new HueSlider(text.scale.sliderLeast, text.scale.sliderMost);
        m_hue->setReference(m_reference);
    }
    auto* control = new NumberControl(text.scale, text.suffix, isHue ? m_hue : nullptr);
    control->setName(text.label, text.toolTip);
    addRow(text.label, text.toolTip, control, control->buddy());
    const bool isExtent =
        QLatin1String(field) == QLatin1String("width") || QLatin1String(field) == QLatin1String("height");
    connect(control, &NumberControl::gestureStarted, this, &OperationForm::gestureStarted);
    connect(control, &NumberControl::valueChanged, this, [this, &number, factor = text.factor, isExtent](double value) {
        number = static_cast<Number>(value / factor);
        keepCropWithin(isExtent);
        report();
    });
    m_refreshes.emplace_back(
        [control, &number, factor = text.factor] { control->setValue(static_cast<double>(number) * factor); });
}

void OperationForm::keepCropWithin(bool sizeLeads)
{
    auto* crop = std::get_if<Crop>(&m_operation);
    if (!crop || m_place.picture == Size{})
        return;
    PixelBox& box = crop->box;
    if (sizeLeads) {
        box.left = std::min(box.left, m_place.picture.width - box.width);
        box.top = std::min(box.top, m_place.picture.height - box.height);
    } else {
        box.width = std::min(box.width, m_place.picture.width - box.left);
        box.height = std::min(box.height, m_place.picture.height - box.top);
    }
    for (const Refresh& refresh : m_refreshes)
        refresh();
}

template <class Enum, class Names>
void OperationForm::addChoice(const char* field, Enum& value, const Names& names)
{
    const FieldText text = choiceText(m_operation, field);
    auto* box = new QComboBox;
    for (const char* name : names)
        box->addItem(choiceName(name));
    box->setAccessibleName(text.label);
    box->setToolTip(text.toolTip);
    addRow(text.label, text.toolTip, box, box);
    connect(box, &QComboBox::currentIndexChanged, this, [this, &value](int index) {
        emit gestureStarted();
        value = static_cast<Enum>(index);
        report();
    });
    m_refreshes.emplace_back([box, &value] {
        const QSignalBlocker quiet(box);
        box->setCurrentIndex(static_cast<int>(value));
    });
}

void OperationForm::addCheck(const char* field, bool& value)
{
    const FieldText text = choiceText(m_operation, field);
    auto* box = new QCheckBox(text.label);
    box->setToolTip(text.toolTip);
    m_rows->addRow(QString(), box);
    connect(box, &QCheckBox::toggled, this, [this, &value](bool on) {
        emit gestureStarted();
        value = on;
        report();
    });
    m_refreshes.emplace_back([box, &value] {
        const QSignalBlocker quiet(box);
        box->setChecked(value);
    });
}

void OperationForm::addSeed(const char* field, std::uint64_t& seed)
{
    const FieldText text = choiceText(m_operation, field);
    NumberScale scale{0, MostSeed, 0, 0, 0, 1, 0, true};
    auto* control = new NumberControl(scale, {});
    control->setName(text.label, text.toolTip);
    auto* next = button(tr("Another"), text.toolTip);
    next->setAccessibleName(tr("Another seed"));
    addRow(text.label, text.toolTip, sideBySide(control, next), control->buddy());
    const auto take = [this, &seed](std::uint64_t value) {
        seed = value;
        report();
    };
    connect(control, &NumberControl::gestureStarted, this, &OperationForm::gestureStarted);
    connect(control, &NumberControl::valueChanged, this,
            [take](double value) { take(static_cast<std::uint64_t>(value)); });
    connect(next, &QToolButton::clicked, this, [this, take, &seed] {
        emit gestureStarted();
        take(seed < static_cast<std::uint64_t>(MostSeed) ? seed + 1 : 1);
    });
    m_refreshes.emplace_back([control, &seed] { control->setValue(static_cast<double>(seed)); });
}

void OperationForm::addColour(const char* field, Rgb& colour)
{
    const FieldText text = choiceText(m_operation, field);
    auto* swatch = new ColourButton;
    swatch->setAccessibleName(text.label);
    swatch->setToolTip(text.toolTip);
    QWidget* control = swatch;
    if (m_about == About::Picture) {
        auto* pick = button(tr("From picture"), tr("Then click into the picture: the colour there is taken"));
        pick->setAccessibleName(tr("Take the colour from the picture"));
        connect(pick, &QToolButton::clicked, this, &OperationForm::colourPickRequested);
        control = sideBySide(swatch, pick);
    }
    addRow(text.label, text.toolTip, control, swatch);
    connect(swatch, &ColourButton::gestureStarted, this, &OperationForm::gestureStarted);
    connect(swatch, &ColourButton::colourChanged, this, [this, &colour](const Rgb& chosen) {
        colour = chosen;
        report();
    });
    m_refreshes.emplace_back([swatch, &colour] { swatch->setColour(colour); });
}

void OperationForm::addSource(const char* field, std::shared_ptr<const Picture>& source)
{
    if (m_about == About::Nothing)
        return;
    const FieldText text = choiceText(m_operation, field);
    auto* own = button(tr("This picture"), tr("Copies within the picture"));
    auto* other = button(tr("Another…"), tr("Chooses another picture to copy from"));
    for (QToolButton* choice : {own, other}) {
        choice->setCheckable(true);
        choice->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    connect(own, &QToolButton::clicked, this, [this, own, &source] {
        own->setChecked(!source);
        if (source)
            emit ownSourceRequested();
    });
    connect(other, &QToolButton::clicked, this, [this, other, &source] {
        other->setChecked(source != nullptr);
        emit patchSourceRequested();
    });
    auto* both = sideBySide(own, other);
    addRow(text.label, text.toolTip, both, own);
    m_refreshes.emplace_back([own, other, &source] {
        own->setChecked(!source);
        other->setChecked(source != nullptr);
    });
}

} // namespace ocellus

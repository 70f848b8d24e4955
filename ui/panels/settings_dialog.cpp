// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/settings_dialog.h"

#include <algorithm>

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "core/image/preprocess.h"
#include "ui/panels/colour_map_combo.h"
#include "ui/panels/range_choice.h"

namespace ocellus {

namespace {

constexpr int MostThreads = 1024;
constexpr int SmallestText = 6;
constexpr int LargestText = 32;

} // namespace

SettingsDialog::SettingsDialog(const SettingsValues& values, const QStringList& devices, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Settings"));
    QStringList offered = devices;
    if (!offered.contains(values.device))
        offered << values.device;
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(buildComputing(offered));
    layout->addWidget(buildPictures());
    layout->addWidget(buildAppearance());
    layout->addStretch();
    auto* buttons =
        new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
            [this] { showValues({}); });
    connect(this, &QDialog::accepted, this, [this] { emit settingsAccepted(this->values()); });
    layout->addWidget(buttons);
    showValues(values);
}

QWidget* SettingsDialog::buildComputing(const QStringList& devices)
{
    auto* group = new QGroupBox(tr("Computing"));
    auto* form = new QFormLayout(group);
    m_device = new QComboBox;
    for (const QString& device : devices)
        m_device->addItem(device == QStringLiteral("auto") ? tr("Automatic") : device.toUpper(), device);
    m_device->setToolTip(tr("Where the model runs; automatic takes the GPU where there is one"));
    form->addRow(tr("&Device"), m_device);
    m_threads = new QSpinBox;
    m_threads->setRange(0, MostThreads);
    m_threads->setSpecialValueText(tr("all cores"));
    m_threads->setToolTip(tr("Processor cores that the model may use"));
    form->addRow(tr("&Threads"), m_threads);
    m_tf32 = new QCheckBox(tr("T&F32: faster on the GPU, less exact"));
    m_tf32->setToolTip(tr("Matrix products with 10 bits of mantissa; shown beside every result"));
    form->addRow(m_tf32);
    m_half = new QCheckBox(tr("&Half precision: faster on the GPU, least exact"));
    m_half->setToolTip(tr("Arithmetic in float16; shown beside every result"));
    form->addRow(m_half);
    connect(m_device, &QComboBox::currentIndexChanged, this, &SettingsDialog::updateCudaChoices);
    return group;
}

QWidget* SettingsDialog::buildPictures()
{
    auto* group = new QGroupBox(tr("Pictures"));
    auto* form = new QFormLayout(group);
    m_modelsOwnSize = new QCheckBox(tr("S&ize that the model declares, where it does"));
    m_modelsOwnSize->setToolTip(tr("Models trained with Ocellus say which size they expect; it goes before the sizes "
                                   "below"));
    form->addRow(m_modelsOwnSize);
    const auto side = [form](const QString& label, const QString& toolTip) {
        auto* box = new QSpinBox;
        box->setRange(1, largestInputSide);
        box->setSuffix(tr(" px"));
        box->setToolTip(toolTip);
        form->addRow(label, box);
        return box;
    };
    m_shortSide = side(tr("&Shorter side"), tr("Of the model's input; 800 for the released models"));
    m_longSide = side(tr("&Longer side within"), tr("Of the model's input; 1333 for the released models"));
    connect(m_shortSide, &QSpinBox::valueChanged, m_longSide, &QSpinBox::setMinimum);
    m_fixedSide = side(tr("S&quare of"), tr("Squeezes every picture into a square, for models trained that way"));
    m_fixedSide->setMinimum(0);
    m_fixedSide->setSpecialValueText(tr("no square"));
    connect(m_fixedSide, &QSpinBox::valueChanged, this, [this](int fixed) {
        m_shortSide->setEnabled(fixed == 0);
        m_longSide->setEnabled(fixed == 0);
    });
    m_ignoreExif = new QCheckBox(tr("Ignore &EXIF orientation"));
    m_ignoreExif->setToolTip(tr("Leaves pictures as they are stored, as the released code does"));
    form->addRow(m_ignoreExif);
    m_range = new RangeChoice;
    form->addRow(tr("&Range of 16 bits"), m_range);
    m_convertToSrgb = new QCheckBox(tr("Convert &colours to sRGB"));
    m_convertToSrgb->setToolTip(
        tr("From the picture's own colour profile; otherwise its numbers are taken as they are, "
           "as models are trained with"));
    form->addRow(m_convertToSrgb);
    return group;
}

QWidget* SettingsDialog::buildAppearance()
{
    auto* group = new QGroupBox(tr("Appearance"));
    auto* form = new QFormLayout(group);
    m_colourMap = new ColourMapCombo;
    m_colourMap->setToolTip(tr("Colours that maps start with"));
    form->addRow(tr("C&olour map"), m_colourMap);
    m_tileTextSize = new QSpinBox;
    m_tileTextSize->setRange(SmallestText - 1, LargestText);
    m_tileTextSize->setSpecialValueText(tr("as the system's"));
    m_tileTextSize->setSuffix(tr(" pt"));
    m_tileTextSize->setToolTip(tr("Size of the text on the tiles"));
    form->addRow(tr("Te&xt on tiles"), m_tileTextSize);
    m_theme = new QComboBox;
    m_theme->addItem(tr("As the system's"), static_cast<int>(Theme::System));
    m_theme->addItem(tr("Light"), static_cast<int>(Theme::Light));
    m_theme->addItem(tr("Dark"), static_cast<int>(Theme::Dark));
    m_theme->setToolTip(tr("Colours of the window"));
    form->addRow(tr("The&me"), m_theme);
    m_startWith = new QComboBox;
    m_startWith->addItem(tr("The sample"), static_cast<int>(StartWith::Sample));
    m_startWith->addItem(tr("The last session"), static_cast<int>(StartWith::LastSession));
    m_startWith->addItem(tr("Nothing"), static_cast<int>(StartWith::Nothing));
    m_startWith->setToolTip(tr("What is opened when Ocellus is started without files; the sample where there is no "
                               "session yet"));
    form->addRow(tr("Start &with"), m_startWith);
    return group;
}

void SettingsDialog::showValues(const SettingsValues& values)
{
    m_device->setCurrentIndex(std::max(m_device->findData(values.device), 0));
    m_threads->setValue(values.threads);
    m_tf32->setChecked(values.tf32);
    m_half->setChecked(values.half);
    m_ignoreExif->setChecked(values.ignoreExif);
    m_range->setRange(values.range);
    m_convertToSrgb->setChecked(values.convertToSrgb);
    m_modelsOwnSize->setChecked(values.modelsOwnSize);
    m_shortSide->setValue(values.shortSide);
    m_longSide->setValue(values.longSide);
    m_fixedSide->setValue(values.fixedSide);
    m_colourMap->setColourMap(values.colourMap);
    m_tileTextSize->setValue(values.tileTextSize);
    m_theme->setCurrentIndex(std::max(m_theme->findData(static_cast<int>(values.theme)), 0));
    m_startWith->setCurrentIndex(std::max(m_startWith->findData(static_cast<int>(values.startWith)), 0));
    updateCudaChoices();
}

SettingsValues SettingsDialog::values() const
{
    SettingsValues values;
    values.device = m_device->currentData().toString();
    values.threads = m_threads->value();
    values.tf32 = m_tf32->isChecked();
    values.half = m_half->isChecked();
    values.ignoreExif = m_ignoreExif->isChecked();
    values.range = m_range->range();
    values.convertToSrgb = m_convertToSrgb->isChecked();
    values.modelsOwnSize = m_modelsOwnSize->isChecked();
    values.shortSide = m_shortSide->value();
    values.longSide = m_longSide->value();
    values.fixedSide = m_fixedSide->value();
    values.colourMap = m_colourMap->colourMap();
    values.tileTextSize = m_tileTextSize->value() < SmallestText ? 0 : m_tileTextSize->value();
    values.theme = static_cast<Theme>(m_theme->currentData().toInt());
    values.startWith = static_cast<StartWith>(m_startWith->currentData().toInt());
    return values;
}

void SettingsDialog::updateCudaChoices()
{
    const bool cuda = m_device->currentData().toString() != QStringLiteral("cpu");
    m_tf32->setEnabled(cuda);
    m_half->setEnabled(cuda);
}

} // namespace ocellus

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/ring_design.h"

namespace ocellus {

namespace {

using enum RingLayerKind;

const std::vector<float> foreVeins = {0.11F, 0.21F, 0.31F, 0.42F, 0.54F, 0.67F, 0.81F};
const std::vector<float> hindVeins = {0.10F, 0.21F, 0.33F, 0.45F, 0.56F, 0.68F, 0.80F, 0.91F};

// Long wings, as passion-vine butterflies have.
const std::vector<WingPoint> longFore = {{0, -0.035F},     {0.25F, -0.225F}, {0.55F, -0.47F},  {0.80F, -0.635F},
                                         {0.92F, -0.675F}, {0.975F, -0.62F}, {0.965F, -0.47F}, {0.89F, -0.27F},
                                         {0.80F, -0.09F},  {0.69F, 0.01F},   {0.45F, 0.04F},   {0.2F, 0.045F},
                                         {0, 0.04F},       {-0.03F, 0}};
const std::vector<WingPoint> roundHind = {
    {0, -0.04F},     {0.25F, -0.17F}, {0.50F, -0.19F}, {0.67F, -0.10F}, {0.725F, 0.07F}, {0.68F, 0.26F}, {0.56F, 0.43F},
    {0.40F, 0.545F}, {0.25F, 0.58F},  {0.13F, 0.50F},  {0.06F, 0.33F},  {0.0F, 0.1F},    {-0.03F, 0.02F}};
// Broad wings, as whites have.
const std::vector<WingPoint> broadFore = {{0, -0.035F},     {0.22F, -0.26F},  {0.46F, -0.52F},  {0.66F, -0.70F},
                                          {0.79F, -0.755F}, {0.865F, -0.71F}, {0.885F, -0.56F}, {0.86F, -0.36F},
                                          {0.81F, -0.17F},  {0.73F, -0.02F},  {0.60F, 0.045F},  {0.40F, 0.055F},
                                          {0.2F, 0.05F},    {0, 0.04F},       {-0.03F, 0}};
const std::vector<WingPoint> broadHind = {
    {0, -0.04F},    {0.25F, -0.18F}, {0.48F, -0.20F}, {0.66F, -0.10F}, {0.745F, 0.08F}, {0.73F, 0.28F}, {0.63F, 0.47F},
    {0.47F, 0.60F}, {0.29F, 0.65F},  {0.15F, 0.58F},  {0.07F, 0.38F},  {0.0F, 0.1F},    {-0.03F, 0.02F}};
// Angled wings, as nymphs have: a hooked apex.
const std::vector<WingPoint> hookedFore = {{0, -0.035F},    {0.22F, -0.26F},   {0.46F, -0.50F},  {0.68F, -0.67F},
                                           {0.84F, -0.72F}, {0.905F, -0.665F}, {0.875F, -0.53F}, {0.805F, -0.38F},
                                           {0.79F, -0.22F}, {0.77F, -0.08F},   {0.68F, 0.03F},   {0.45F, 0.055F},
                                           {0.2F, 0.05F},   {0, 0.04F},        {-0.03F, 0}};
const std::vector<WingPoint> cornerHind = {{0, -0.04F},     {0.25F, -0.18F}, {0.48F, -0.19F}, {0.65F, -0.10F},
                                           {0.735F, 0.06F}, {0.73F, 0.25F},  {0.65F, 0.42F},  {0.50F, 0.545F},
                                           {0.35F, 0.62F},  {0.235F, 0.68F}, {0.14F, 0.60F},  {0.07F, 0.38F},
                                           {0.0F, 0.1F},    {-0.03F, 0.02F}};
// Triangular forewings and tailed hindwings, as swallowtails have.
const std::vector<WingPoint> kiteFore = {{0, -0.035F},     {0.25F, -0.27F},  {0.52F, -0.54F}, {0.74F, -0.715F},
                                         {0.85F, -0.75F},  {0.895F, -0.69F}, {0.87F, -0.50F}, {0.82F, -0.29F},
                                         {0.775F, -0.10F}, {0.70F, 0.0F},    {0.45F, 0.04F},  {0.2F, 0.045F},
                                         {0, 0.04F},       {-0.03F, 0}};
const std::vector<WingPoint> tailedHind = {{0, -0.04F},     {0.22F, -0.15F},  {0.43F, -0.15F},  {0.585F, -0.05F},
                                           {0.655F, 0.13F}, {0.635F, 0.32F},  {0.565F, 0.455F}, {0.515F, 0.535F},
                                           {0.505F, 0.66F}, {0.525F, 0.785F}, {0.485F, 0.83F},  {0.43F, 0.77F},
                                           {0.405F, 0.64F}, {0.345F, 0.585F}, {0.22F, 0.60F},   {0.135F, 0.53F},
                                           {0.07F, 0.35F},  {0.0F, 0.1F},     {-0.03F, 0.02F}};

RingDesign emberRing()
{
    constexpr Colour black = rgb(36, 25, 22);
    constexpr Colour red = rgb(196, 48, 28);
    constexpr Colour yellow = rgb(238, 205, 96);
    constexpr Colour white = rgb(240, 234, 214);
    RingDesign ring;
    ring.name = "ember";
    ring.fore = {longFore, foreVeins, 0.012F, black};
    ring.hind = {roundHind, hindVeins, 0.02F, black};
    ring.pattern = {
        {Base, Wing::Fore, rgb(70, 42, 28), 0.05F, 0.5F},
        {Band, Wing::Fore, red, 0.50F, 0.70F, 0.09F, 0.93F, 0.03F, 0.03F},
        {Base, Wing::Hind, rgb(70, 42, 28), 0.05F, 0.4F},
        {Band, Wing::Hind, yellow, 0.40F, 0.58F, 0.05F, 0.97F, 0.03F, 0.02F},
        {Dots, Wing::Hind, white, 0.90F, 0.016F, 0.2F, 0.95F},
    };
    ring.body = black;
    ring.hair = rgb(120, 92, 60);
    ring.marks = {
        {"white apical spot", MarkShape::Dot, Wing::Fore, white, 0.835F, 0.35F, 0.17F, 0.19F},
        {"blue apical spot", MarkShape::Dot, Wing::Fore, rgb(70, 150, 226), 0.835F, 0.35F, 0.17F, 0.19F},
    };
    return ring;
}

RingDesign chalkRing()
{
    constexpr Colour chalk = rgb(240, 235, 218);
    constexpr Colour black = rgb(38, 34, 34);
    constexpr Colour grey = rgb(66, 60, 58);
    RingDesign ring;
    ring.name = "chalk";
    ring.fore = {broadFore, foreVeins, 0.006F, chalk};
    ring.hind = {broadHind, hindVeins, 0.01F, rgb(236, 204, 120)};
    ring.pattern = {
        {Base, Wing::Fore, rgb(120, 116, 108), 0.0F, 0.32F},
        {Base, Wing::Hind, rgb(120, 116, 108), 0.0F, 0.30F},
        {Band, Wing::Fore, grey, 0.83F, 1, 0, 0.62F, 0.05F, -0.06F},
        {Dots, Wing::Fore, grey, 0.935F, 0.026F, 0.55F, 0.95F},
        {Dots, Wing::Hind, rgb(110, 104, 96), 0.94F, 0.024F, 0.08F, 0.9F},
    };
    ring.body = rgb(60, 56, 54);
    ring.hair = rgb(206, 200, 186);
    ring.marks = {
        {"black bar of the forewing", MarkShape::Bar, Wing::Fore, black, 0.60F, 0.47F, 0.13F, 0.21F},
        {"black bar of the hindwing", MarkShape::Bar, Wing::Hind, black, 0.66F, 0.50F, 0.13F, 0.21F},
    };
    return ring;
}

RingDesign barkRing()
{
    constexpr Colour brown = rgb(104, 72, 46);
    constexpr Colour dark = rgb(58, 38, 26);
    constexpr Colour orange = rgb(206, 122, 52);
    RingDesign ring;
    ring.name = "bark";
    ring.fore = {hookedFore, foreVeins, 0.014F, brown};
    ring.hind = {cornerHind, hindVeins, 0.03F, brown};
    ring.pattern = {
        {Base, Wing::Fore, dark, 0.1F, 0.6F},
        {Band, Wing::Fore, dark, 0.40F, 0.45F, 0.15F, 0.9F, 0.03F, 0.05F},
        {Band, Wing::Fore, orange, 0.58F, 0.80F, 0.06F, 0.96F, 0.06F, 0.03F},
        {Band, Wing::Fore, dark, 0.90F, 1, 0, 1, 0.04F, 0.03F},
        {Base, Wing::Hind, dark, 0.1F, 0.6F},
        {Band, Wing::Hind, orange, 0.57F, 0.80F, 0.08F, 0.97F, 0.06F, 0.03F},
        {Band, Wing::Hind, dark, 0.86F, 0.90F, 0, 1, 0.03F, 0.05F},
        {Band, Wing::Hind, dark, 0.95F, 1, 0, 1, 0.03F, 0.03F},
    };
    ring.body = rgb(78, 54, 36);
    ring.hair = rgb(150, 112, 74);
    ring.marks = {
        {"yellow eye-spot of the hindwing", MarkShape::Eye, Wing::Hind, rgb(244, 206, 84), 0.69F, 0.56F, 0.20F, 0.20F},
        {"blue eye-spot of the hindwing", MarkShape::Eye, Wing::Hind, rgb(90, 156, 220), 0.69F, 0.56F, 0.20F, 0.20F},
    };
    return ring;
}

RingDesign sulphurRing()
{
    constexpr Colour yellow = rgb(238, 214, 118);
    constexpr Colour black = rgb(40, 34, 32);
    RingDesign ring;
    ring.name = "sulphur";
    ring.fore = {kiteFore, foreVeins, 0.01F, yellow};
    ring.hind = {tailedHind, hindVeins, 0.02F, yellow};
    ring.pattern = {
        {Base, Wing::Fore, black, 0.08F, 0.26F},
        {Band, Wing::Fore, black, 0.33F, 0.39F, 0, 0.45F, 0.03F, 0.0F},
        {Band, Wing::Fore, black, 0.53F, 0.59F, 0, 0.40F, 0.03F, 0.0F},
        {Veins, Wing::Fore, black, 0.45F, 0.016F},
        {Band, Wing::Fore, black, 0.80F, 1, 0, 1, 0.03F, 0.03F},
        {Lunules, Wing::Fore, yellow, 0.91F, 0.024F, 0.05F, 0.97F, 0.02F, 0.02F},
        {Base, Wing::Hind, black, 0.0F, 0.16F},
        {Veins, Wing::Hind, black, 0.40F, 0.015F},
        {Band, Wing::Hind, black, 0.72F, 1, 0, 1, 0.04F, 0.05F},
        {Lunules, Wing::Hind, yellow, 0.93F, 0.024F, 0.05F, 0.60F, 0.02F, 0.03F},
        {Dots, Wing::Hind, yellow, 0.82F, 0.022F, 0.15F, 0.60F},
    };
    ring.body = black;
    ring.hair = rgb(196, 172, 96);
    ring.banded = true;
    ring.marks = {
        {"red ray of the forewing", MarkShape::Ray, Wing::Fore, rgb(208, 56, 34), 0.56F, 0.745F, 0.26F, 0.14F},
        {"blue ray of the forewing", MarkShape::Ray, Wing::Fore, rgb(56, 104, 186), 0.56F, 0.745F, 0.26F, 0.14F},
    };
    return ring;
}

RingDesign azureRing()
{
    constexpr Colour blue = rgb(44, 104, 190);
    constexpr Colour black = rgb(24, 24, 34);
    constexpr Colour white = rgb(234, 236, 236);
    RingDesign ring;
    ring.name = "azure";
    ring.fore = {broadFore, foreVeins, 0.008F, blue};
    ring.hind = {broadHind, hindVeins, 0.025F, blue};
    ring.pattern = {
        {Base, Wing::Fore, rgb(26, 48, 96), 0.05F, 0.35F},
        {Band, Wing::Fore, black, 0.84F, 1, 0, 1, 0.08F, 0.05F},
        {Band, Wing::Fore, black, 0, 1, -1, 0.06F, 0.03F, 0.0F},
        {Dots, Wing::Fore, white, 0.93F, 0.014F, 0.2F, 0.9F},
        {Base, Wing::Hind, rgb(26, 48, 96), 0.05F, 0.35F},
        {Band, Wing::Hind, black, 0.87F, 1, 0, 1, 0.06F, 0.05F},
        {Dots, Wing::Hind, white, 0.94F, 0.014F, 0.1F, 0.95F},
    };
    ring.body = rgb(34, 36, 46);
    ring.hair = rgb(110, 126, 150);
    ring.gloss = 0.55F;
    ring.marks = {
        {"white bar of the forewing", MarkShape::Bar, Wing::Fore, white, 0.66F, 0.34F, 0.13F, 0.21F},
        {"orange border of the hindwing", MarkShape::Bar, Wing::Hind, rgb(236, 128, 44), 0.90F, 0.60F, 0.12F, 0.22F},
    };
    return ring;
}

RingDesign tigerRing()
{
    constexpr Colour orange = rgb(212, 112, 38);
    constexpr Colour black = rgb(38, 26, 22);
    constexpr Colour white = rgb(242, 236, 222);
    RingDesign ring;
    ring.name = "tiger";
    ring.fore = {longFore, foreVeins, 0.01F, orange};
    ring.hind = {broadHind, hindVeins, 0.015F, orange};
    ring.pattern = {
        {Veins, Wing::Fore, black, 0.10F, 0.020F},
        {Band, Wing::Fore, black, 0.86F, 1, 0, 1, 0.03F, 0.03F},
        {Band, Wing::Fore, black, 0, 1, -1, 0.07F, 0.03F, 0.0F},
        {Spot, Wing::Fore, black, 0.90F, 0.26F, 0.16F, 0.15F, 0.03F},
        {Dots, Wing::Fore, white, 0.94F, 0.015F, 0.08F, 0.98F},
        {Veins, Wing::Hind, black, 0.15F, 0.017F},
        {Band, Wing::Hind, black, 0.88F, 1, 0, 1, 0.03F, 0.03F},
        {Dots, Wing::Hind, white, 0.94F, 0.015F, 0.08F, 0.98F},
    };
    ring.body = black;
    ring.hair = rgb(120, 90, 66);
    ring.marks = {
        {"black hindwing spot", MarkShape::Dot, Wing::Hind, black, 0.66F, 0.62F, 0.17F, 0.17F},
        {"white subapical bar", MarkShape::Bar, Wing::Fore, white, 0.78F, 0.25F, 0.12F, 0.20F},
    };
    return ring;
}

} // namespace

const std::vector<RingDesign>& ringDesigns()
{
    static const std::vector<RingDesign> designs = {emberRing(),   chalkRing(), barkRing(),
                                                    sulphurRing(), azureRing(), tigerRing()};
    return designs;
}

} // namespace ocellus
